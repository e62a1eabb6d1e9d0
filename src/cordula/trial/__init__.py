"""The trial: its design, allocation, simulation and analysis, all from one protocol file.

    from cordula.protocols import load
    from cordula.trial.design import design_of
    from cordula.trial.scenarios import scenarios_of
    from cordula.trial.simulation import simulate

    protocol = load.named("practice-mnc-stage-2")
    found = simulate(design_of(protocol), scenarios_of(protocol)["null"], trials=10_000, seed=1)

The rules that stop a trial (`cordula.trial.rules`) are objects of the design. The simulation asks them, and
the monitoring of real children asks the very same ones."""
