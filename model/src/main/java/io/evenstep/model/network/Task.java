package io.evenstep.model.network;

/** What a network's outputs mean; decides the loss and the output activation that none names. */
public enum Task {
  /** One of several classes a row, labels one-hot: softmax and cross entropy. */
  CLASSIFICATION,
  /** Numbers: identity and mean squared error. */
  REGRESSION
}
