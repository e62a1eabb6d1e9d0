"""What do several studies say together: effect sizes, pooling, hierarchical posteriors and priors from history?"""
