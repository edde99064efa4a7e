package io.evenstep.model.augment;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.augment.pixel.InputLayout;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.TensorEncoding;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What is done at random to training rows each time they are seen.
 *
 * @param augmentations applied in this order
 * @param input name of the input that they change; empty for the only input of a row, or the only
 *     one that is an image
 */
public record AugmentPlan(List<Augmentation> augmentations, String input) implements Serializable {
  /** No augmentation. */
  public static final AugmentPlan NONE = new AugmentPlan(List.of(), "");

  private static final String INPUT = "data.augmentInput";

  /** Copies the list. */
  public AugmentPlan {
    augmentations = List.copyOf(augmentations);
  }

  /**
   * Checks that this plan can augment rows of an encoding.
   *
   * @throws ConfigException naming each augmentation that does not fit, by its position in {@code
   *     data.augment}, and what the rows are
   */
  public void requireFits(Encoding encoding) {
    if (augmentations.isEmpty()) {
      return;
    }
    int inputs = encoding.inputs().size();
    InputLayout layout = new InputLayout(encoding.inputs().get(place(encoding)));
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < augmentations.size(); i++) {
      Augmentation augmentation = augmentations.get(i);
      String key = "data.augment[" + i + "]." + augmentation.name();
      problems.addAll(augmentation.misfits(key, layout));
      if (inputs > 1 && augmentation.mixesRows()) {
        problems.add(
            new Problem(key, "needs rows with one input, as it mixes whole rows", "" + inputs));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /**
   * Which of an encoding's inputs is augmented, from 0.
   *
   * @throws ConfigException when no input has the name, or when a name is needed and none is given
   */
  int place(Encoding encoding) {
    List<String> names = encoding.inputs().stream().map(TensorEncoding::name).toList();
    if (!input.isEmpty()) {
      int place = names.indexOf(input);
      if (place < 0) {
        throw new ConfigException(INPUT, "must be one of the inputs " + names, input);
      }
      return place;
    }
    List<Integer> images =
        IntStream.range(0, names.size())
            .filter(i -> names.size() == 1 || encoding.inputs().get(i).shape().size() == 3)
            .boxed()
            .toList();
    if (images.size() != 1) {
      throw new ConfigException(
          INPUT,
          String.format(
              Locale.ROOT,
              "must name one of the inputs %s; %d of them are images",
              names,
              images.size()),
          "nothing");
    }
    return images.get(0);
  }

  boolean mixesRows() {
    return augmentations.stream().anyMatch(Augmentation::mixesRows);
  }
}
