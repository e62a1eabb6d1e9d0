"""How do we tell parents what is known and what it costs them to choose, without pushing them?"""
