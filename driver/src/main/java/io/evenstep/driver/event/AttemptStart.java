package io.evenstep.driver.event;

import io.evenstep.worker.plan.SyncPlan;

/**
 * One attempt at the barrier stage.
 *
 * @param number from 1
 * @param workers number of ranks
 * @param epochs of the whole job
 * @param sync how replicas are synchronized
 */
public record AttemptStart(int number, int workers, int epochs, SyncPlan sync) {}
