package io.evenstep.driver.dl4j;

import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.data.example.ExampleLayout;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.trust.AllowedTypes;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that workers can train a network. */
final class TraineeCheck {
  private static final Logger log = LoggerFactory.getLogger(TraineeCheck.class);

  private TraineeCheck() {}

  /**
   * Checks a network before anything is packed.
   *
   * @return the classes named in its configuration, which workers may load
   * @throws ConfigException naming the requirement
   */
  static AllowedTypes require(Trainee trainee) {
    DataType type = trainee.model().params().dataType();
    if (type == DataType.DOUBLE) {
      log.warn(
          "The network has data type DOUBLE. It is trained in single precision (FLOAT), and the"
              + " results are copied back");
    } else if (type != DataType.FLOAT) {
      throw new ConfigException(
          "Cannot train the network: must have data type FLOAT or DOUBLE, got " + type);
    }
    if (!trainee.model().conf().isMiniBatch()) {
      throw new ConfigException("Cannot train the network: must have miniBatch true, got false");
    }
    String json = trainee.configurationJson();
    AllowedTypes allowed = AllowedTypes.namedIn(json);
    Networks.check(json, allowed, "of the network to fit");
    return allowed;
  }

  /**
   * Checks, for truncated BPTT, that the examples' sequences can be cut into segments.
   *
   * @throws ConfigException when rows are to be shuffled
   * @throws DataException when there are no sequences, or their lengths differ
   */
  static void requireSegments(Trainee trainee, ExampleLayout layout, MasterSettings settings) {
    if (trainee.segmentSteps() == 0) {
      return;
    }
    if (settings.order().shuffle()) {
      throw new ConfigException("shuffle", "must be false with truncated BPTT", true);
    }
    List<Long> lengths = layout.sequenceLengths();
    if (lengths.size() != 1 || layout.isUneven()) {
      throw new DataException(
          "Cannot do truncated BPTT: all sequences must have the same number of time steps, got "
              + (layout.isUneven() ? "lengths up to " : "")
              + lengths);
    }
    requireAllSequences(trainee, layout);
  }

  /**
   * DL4J's graphs leave arrays that are not sequences whole; a MultiLayerNetwork must have none.
   */
  private static void requireAllSequences(Trainee trainee, ExampleLayout layout) {
    if (trainee instanceof SequentialTrainee && !layout.allSequences()) {
      throw new DataException(
          "Cannot do truncated BPTT: features and labels must be [size, time], got " + layout);
    }
  }
}
