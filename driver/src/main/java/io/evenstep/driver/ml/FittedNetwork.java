package io.evenstep.driver.ml;

import io.evenstep.driver.stage.ShippedModel;

/**
 * The result of a fit.
 *
 * @param model network and encoding
 * @param summary summary of the training
 */
record FittedNetwork(ShippedModel model, TrainingSummary summary) {}
