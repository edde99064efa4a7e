package io.evenstep.model.metric;

import java.io.Serializable;

/**
 * Predicted probabilities of similar size, and how often they came true.
 *
 * @param predicted mean probability
 * @param observed share that came true
 * @param count how many probabilities
 */
public record CalibrationBin(double predicted, double observed, long count)
    implements Serializable {}
