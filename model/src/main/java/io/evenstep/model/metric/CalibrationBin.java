package io.evenstep.model.metric;

import java.io.Serializable;

/**
 * Probabilities of about the same size, and how often what they foretold was so.
 *
 * @param predicted mean probability
 * @param observed share of them that came true
 * @param count how many probabilities
 */
public record CalibrationBin(double predicted, double observed, long count)
    implements Serializable {}
