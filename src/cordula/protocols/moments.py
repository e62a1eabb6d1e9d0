"""The named moments between which a protocol may set a limit."""

MOMENTS: dict[str, str] = {
    "born": "the birth",
    "collected": "the end of the collection",
    "received": "the arrival at the laboratory",
    "processing_started": "the start of processing",
    "processed": "the end of processing",
    "freezing_started": "the start of freezing",
    "cryopreserved": "the end of freezing",
    "shipped": "the shipment",
    "arrived": "the arrival at theatre",
    "thaw_started": "the start of the thaw",
    "thawed": "the end of the thaw",
    "prepared": "the drawing up of the dose",
    "administered": "the last injection",
    "weighed": "the newest weighing",
    "operation_planned": "the planned operation",
    "now": "now",
}
