package io.evenstep.driver.event;

import io.evenstep.worker.WorkerReport;

/**
 * What a run came to.
 *
 * @param resultJson the content of its {@code result.json}
 * @param report of rank 0
 */
public record RunEnd(String resultJson, WorkerReport report) {}
