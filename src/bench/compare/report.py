"""Turns measurements into ratios, shares of the machine's limits, a table, and the ratios that fell."""

BATCH = 256
ALLOWED = 0.85  # lowest allowed share of a recorded ratio
KERNEL_BOUND = 1.5  # the most that compute of a step should take, as a multiple of its kernels alone
ADAM_BYTES = 7 * 4  # per parameter: weight, gradient, two means read; all but the gradient written


def ratios(results):
    """Evenstep's rate over each peer's with the same number of workers, as `ours / theirs`; and two over one."""
    rates = {each["name"]: each for each in results if "rate" in each}
    found = {}
    for ours, result in rates.items():
        if not ours.startswith("evenstep"):
            continue
        for theirs, other in rates.items():
            if not theirs.startswith("evenstep") and other["workers"] == result["workers"]:
                found[f"{ours} / {theirs}"] = result["rate"] / other["rate"]
        one = rates.get(ours[:-1] + "1")
        if result["workers"] == 2 and one:
            found[f"{ours} / {ours[:-1]}1"] = result["rate"] / one["rate"]
    return found


def fallen(measured, recorded):
    """A line for each recorded ratio that was missed, among the measured models."""
    lines = []
    for model, pairs in recorded.items():
        for name, before in pairs.items():
            now = measured.get(model, {}).get(name)
            if now is not None and now < ALLOWED * before:
                lines.append(f"{model}: {name} is {now:.2f}, recorded {before:.2f}: more than 15 % below")
    return lines


def unrecorded(measured, recorded):
    return [model for model, pairs in measured.items() if not set(pairs) & set(recorded.get(model, {}))]


def shares(result, flop, parameters, limits):
    """A result's share of the machine's limits: matrix products, memory (in the update) and loopback."""
    found = {"gflops": result["rate"] * flop / 1e9 / limits[f"gflops{result['workers']}"]}
    times = result["milliseconds"]
    if times.get("update"):
        moved = result["workers"] * parameters * ADAM_BYTES / (times["update"] / 1000) / 1e9
        found["memory"] = moved / limits[f"memory{result['workers']}"]
    if result["bytes"] and times.get("communicate"):
        found["loopback"] = result["bytes"] / (times["communicate"] / 1000) / 1e9 / limits["loopback"]
    return found


def step_milliseconds(result):
    return BATCH / result["rate"] * 1000


def markdown(report):
    lines = [machine(report), ""]
    for model, measured in report["models"].items():
        lines += [*section(model, measured), ""]
    return "\n".join(lines)


def machine(report):
    limits = report["limits"]
    return (
        f"{report['machine']}; {report['versions']}. One process and two: {limits['gflops1']:.0f} and {limits['gflops2']:.0f} GFLOP/s of"
        f" products, {limits['memory1']:.1f} and {limits['memory2']:.1f} GB/s of memory; loopback {limits['loopback']:.2f} GB/s each way."
        f" Load {report['load'][0]:.1f} before, {report['load'][1]:.1f} after. Medians, batch {BATCH} over all workers."
    )


def section(model, measured):
    yield f"### {model}, {measured['parameters']:,} parameters, {measured['flop'] / 1e6:.2f} MFLOP a row"
    yield ""
    yield "| contender | examples/s (lowest to highest) | ms a step | phases, ms | MB a step | memory, MB | share of limits | turns |"
    yield "|---|---|---|---|---|---|---|---|"
    for result in measured["results"]:
        yield row(result)
    yield ""
    yield "Ratios: " + "; ".join(f"{name} = {value:.2f}" for name, value in measured["ratios"].items()) + "."
    yield from kernels(measured["results"])
    yield from measured.get("accuracy", [])
    equality = measured["equality"]
    if not equality:
        return
    losses = ", ".join(f"{name} {after:.5f}" for name, (_, after) in equality["losses"].items())
    yield f"The same network: {'yes' if equality['same'] else 'NO'}; loss after a step: {losses}; parameters: {equality['parameters']}."


def kernels(results):
    """A line that compares compute of a step with its kernels alone; none if nobody measured kernels."""
    found = [(each["name"], each["kernels"]) for each in results if "kernels" in each]
    if found:
        yield "Compute of a step / its kernels alone: " + "; ".join(share(*each) for each in found) + f" (bound {KERNEL_BOUND})."


def share(name, kernels):
    missed = ", ABOVE THE BOUND" if kernels["ratio"] > KERNEL_BOUND else ""
    return f"{name} {kernels['compute']:.2f} / {kernels['alone']:.2f} ms = {kernels['ratio']:.2f}{missed}"


def row(result):
    if "failed" in result:
        return f"| {result['name']} | left out: {result['failed']} | | | | | | |"
    phases = ", ".join(f"{name} {value:.2f}" for name, value in result["milliseconds"].items())
    part = ", ".join(f"{name} {value:.0%}" for name, value in result["shares"].items())
    rates = f"{result['rate']:,.0f} ({result['lowest']:,.0f} to {result['highest']:,.0f})"
    sent, memory = result["bytes"] / 1e6, result["memory"] / 1e6
    return f"| {result['name']} | {rates} | {step_milliseconds(result):.2f} | {phases} | {sent:.2f} | {memory:,.0f} | {part} | {result['turns']} |"


def bars(report, base="torch-2"):
    """For each model, the rates of its contenders relative to PyTorch on two workers."""
    found = {}
    for model, measured in report["models"].items():
        rates = {each["name"]: each["rate"] for each in measured["results"] if "rate" in each}
        if base in rates:
            found[model] = {name: value / rates[base] for name, value in rates.items()}
    return found
