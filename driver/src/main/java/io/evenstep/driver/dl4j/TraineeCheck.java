package io.evenstep.driver.dl4j;

import io.evenstep.model.ConfigException;
import io.evenstep.model.network.AllowedTypes;
import io.evenstep.model.network.Networks;
import org.nd4j.linalg.api.buffer.DataType;

/** What a network must be so that workers can train it. */
final class TraineeCheck {
  private TraineeCheck() {}

  /**
   * Checks a network before anything is packed.
   *
   * @return the classes that its configuration names, which workers may load
   * @throws ConfigException naming what it must be
   */
  static AllowedTypes require(Trainee trainee) {
    DataType type = trainee.model().params().dataType();
    if (type != DataType.FLOAT) {
      throw new ConfigException("Cannot train the network: must have data type FLOAT, got " + type);
    }
    if (!trainee.model().conf().isMiniBatch()) {
      throw new ConfigException("Cannot train the network: must have miniBatch true, got false");
    }
    AllowedTypes allowed = AllowedTypes.namedIn(trainee.configurationJson());
    Networks.check(trainee.zip(), allowed, "of the network to fit");
    return allowed;
  }
}
