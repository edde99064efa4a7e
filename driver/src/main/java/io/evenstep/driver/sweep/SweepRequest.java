package io.evenstep.driver.sweep;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings of a sweep.
 *
 * @param id name of its folder, which holds one folder per trial
 * @param space the keys to vary and their values
 * @param trials number of trials, at least 1
 * @param keepOneOf one in this many trials continues after each round; 1 trains all to the end
 * @param metric on the validation rows that ranks the trials; empty for the metric of the job
 * @param sideBySide trials that train at the same time; empty for as many as the task slots allow
 * @param jobs makes the job with the given settings by key, which override all others
 * @param stop requests an early end
 */
public record SweepRequest(
    String id,
    SearchSpace space,
    int trials,
    int keepOneOf,
    Optional<String> metric,
    Optional<Integer> sideBySide,
    Function<Map<String, String>, JobConfig> jobs,
    StopRequest stop) {}
