"""Before birth: a child is announced, a kit set aside, parents decide, and questions are asked."""
