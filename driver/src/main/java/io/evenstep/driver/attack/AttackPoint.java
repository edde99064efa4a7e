package io.evenstep.driver.attack;

/**
 * What a network does with rows whose numbers have moved by the same amount.
 *
 * @param epsilon by how much, at least 0
 * @param accuracy where each number moves so that the loss grows
 * @param randomAccuracy where each number moves up or down at random
 */
public record AttackPoint(double epsilon, double accuracy, double randomAccuracy) {}
