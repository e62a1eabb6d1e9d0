"""Stands in for `cordula.display` until that room is built."""

from datetime import date, datetime


def clin_date(value: date) -> str:
    return value.strftime("%d-%b-%Y")


def clin_time(value: datetime) -> str:
    return value.strftime("%H:%M")


def clin_datetime(value: datetime, weekday: bool = False) -> str:
    return value.strftime("%a %d-%b-%Y %H:%M" if weekday else "%d-%b-%Y %H:%M")
