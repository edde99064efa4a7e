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
 * @param augmentations done in this order
 * @param input name of the input they are done to; empty for the only one that a row has, or the
 *     only one of several that is an image
 */
public record AugmentPlan(List<Augmentation> augmentations, String input) implements Serializable {
  /** Rows stay as they are. */
  public static final AugmentPlan NONE = new AugmentPlan(List.of(), "");

  private static final String INPUT = "data.augmentInput";

  /** Copies the list. */
  public AugmentPlan {
    augmentations = List.copyOf(augmentations);
  }

  /**
   * Checks that rows of an encoding can be augmented so.
   *
   * @throws ConfigException naming each augmentation that cannot, by its place in {@code
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
   * @throws ConfigException when none has the name, or none is named where it must be
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
              "must name one of the inputs %s, of which %d are images",
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
