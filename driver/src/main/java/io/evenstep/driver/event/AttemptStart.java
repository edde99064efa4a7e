package io.evenstep.driver.event;

import io.evenstep.worker.plan.SyncPlan;

/**
 * One try of the barrier stage.
 *
 * @param number from 1
 * @param workers ranks that are to train
 * @param epochs of the whole job
 * @param sync how replicas are made to agree
 */
public record AttemptStart(int number, int workers, int epochs, SyncPlan sync) {}
