"""The sums of `tensor_kernels` in plain NumPy: slower, shorter, and checked against them."""

import math

import numpy as np
from scipy.special import ndtr

from cordula.stats.synthesis.checks import Vector
from cordula.stats.synthesis.tensor_kernels import (
    DEPTH,
    EVEN,
    HALF,
    INTERPOLATED,
    MOST,
    PINCHED,
    REACH,
    STRIDE,
    Slices,
)


def plain_tabled(binomial: bool, study: Vector, theta: Vector) -> Vector:
    cost = np.logaddexp(0.0, theta) if binomial else np.exp(theta)
    told = study[0] * theta[:, None] - study[1] * cost[:, None] - study[2]
    return np.asarray(np.exp(told).T)


def plain_likelihoods(
    binomial: bool,
    study: Vector,
    nodes: tuple[float, float, int],
    tau: float,
    table: Vector,
    lattice: tuple[float, float, float],
    hermite: Vector,
) -> Vector:
    start, stride, number = nodes
    first, step, narrowest = lattice
    mu = start + stride * np.arange(number)
    if tau < PINCHED * narrowest:
        places = np.ravel(mu[:, None] + tau * hermite[0])
        told = plain_tabled(binomial, study, places).reshape(-1, number, hermite.shape[1])
        each = (told @ hermite[1]).T
        return np.array([np.log(np.maximum(each, 1e-300)).sum(1), np.zeros(number)])
    if tau < 2 * step:
        step, first = 0.5 * tau, start - REACH * tau
        length = math.ceil(((number - 1) * stride + 2 * REACH * tau) / step) + 1
        table = plain_tabled(binomial, study, np.asarray(first + step * np.arange(length)))
    ends = first - 0.5 * step, first + (table.shape[1] - 0.5) * step
    z = (first + step * np.arange(table.shape[1]) - mu[:, None]) / tau
    scale = step / tau / math.sqrt(2 * math.pi)
    bell = np.where(np.abs(z) <= REACH, scale * np.exp(-0.5 * z * z), 0.0)
    even, odd = (bell[:, half::2] @ table[:, half::2].T for half in (0, 1))
    under, over = ndtr((ends[0] - mu) / tau), ndtr((mu - ends[1]) / tau)
    beyond = np.outer(under, table[:, 0]) + np.outer(over, table[:, -1])
    whole = np.maximum(even + odd + beyond, 1e-300)
    return np.array([np.log(whole).sum(1), (np.abs(even - odd) / whole).sum(1)])


def plain_slices(
    binomial: bool,
    study: Vector,
    rough: Vector,
    tau: Vector,
    table: Vector,
    lattice: tuple[float, float, float],
    hermite: Vector,
    mu_prior: tuple[float, float],
) -> Slices:
    n, (mean, sd) = tau.size, mu_prior
    starts, strides, counts = np.zeros(n), np.zeros(n), np.zeros(n)
    logs, apart = np.empty((n, MOST)), np.zeros(n)
    for t in range(n):
        w = 1 / (rough[1] + tau[t] ** 2)
        total = float(w.sum()) + 1 / sd**2
        stride, number = STRIDE / math.sqrt(total), 2 * HALF + 1
        start = (float(w @ rough[0]) + mean / sd**2) / total - HALF * stride
        for _ in range(20):
            nodes = (start, stride, number)
            got = plain_likelihoods(binomial, study, nodes, tau[t], table, lattice, hermite)
            z = (start + stride * np.arange(number) - mean) / sd
            told = got[0] + math.log(stride / (sd * math.sqrt(2 * math.pi))) - 0.5 * z * z
            mass = np.exp(told - told.max())
            low, high = told[0] > told.max() - DEPTH, told[-1] > told.max() - DEPTH
            if low or high:
                start, number = start - HALF * stride * low, number + HALF
            elif abs(2 * mass[::2].sum() / mass.sum() - 1) >= (
                EVEN if tau[t] >= stride else INTERPOLATED
            ):
                stride, number = 0.5 * stride, 2 * number - 1
            else:
                starts[t], strides[t], counts[t] = nodes
                logs[t, :number] = told
                apart[t] = got[1] @ mass / mass.sum()
                break
            if number > MOST:
                break
    return starts, strides, counts, logs, apart


def plain_predictive(
    theta: Vector,
    tau: Vector,
    starts: Vector,
    strides: Vector,
    counts: Vector,
    weights: Vector,
    hermite: Vector,
) -> Vector:
    out = np.zeros(theta.size)
    for t in range(tau.size):
        number = int(counts[t])
        weight, index = weights[t, :number], np.arange(number)
        if weight.sum() < 1e-12:
            continue
        if tau[t] >= strides[t]:
            z = (theta[:, None] - starts[t] - strides[t] * index) / tau[t]
            out += np.exp(-0.5 * z * z) @ weight / (tau[t] * math.sqrt(2 * math.pi))
            continue
        place = (theta[:, None] - tau[t] * hermite[0] - starts[t]) / strides[t]
        inside = (place > -1) & (place < number)
        there = np.where(inside, np.sinc(place[..., None] - index) @ weight, 0.0)
        out += there @ hermite[1] / strides[t]
    return out
