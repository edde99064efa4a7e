package io.evenstep.model.data;

import io.evenstep.model.DataException;
import java.util.List;
import java.util.Objects;

/** Finds and names the first difference between two encodings. */
final class EncodingComparison {
  private static final int SHOWN = 12;

  private EncodingComparison() {}

  /** Scaling may differ: the model's scaling is used, whatever the statistics of other rows are. */
  static void requireSame(Encoding model, Encoding other) {
    requireSame("input", model.inputs(), other.inputs());
    if (!other.outputs().isEmpty()) {
      requireSame("output", model.outputs(), other.outputs());
    }
  }

  private static void requireSame(
      String what, List<TensorEncoding> model, List<TensorEncoding> other) {
    same("number of " + what + "s", model.size(), other.size());
    for (int i = 0; i < model.size(); i++) {
      requireSame(what + " " + model.get(i).name(), model.get(i), other.get(i));
    }
  }

  private static void requireSame(String what, TensorEncoding model, TensorEncoding other) {
    same(what + " columns", model.columns(), other.columns());
    same(what + " shape", model.shape(), other.shape());
    same(what + " number of segments", model.segments().size(), other.segments().size());
    for (int i = 0; i < model.segments().size(); i++) {
      Segment mine = model.segments().get(i);
      Segment theirs = other.segments().get(i);
      String segment = what + " column " + mine.columns().get(0);
      same(segment + " kind", mine.kind(), theirs.kind());
      same(segment + " shape", mine.shape(), theirs.shape());
      same(segment + " categories", mine.categories(), theirs.categories());
      same(segment + " storage", mine.storage(), theirs.storage());
    }
  }

  private static void same(String what, Object model, Object other) {
    if (!Objects.equals(model, other)) {
      throw new DataException(
          "Invalid data for this model: "
              + what
              + " must be "
              + shown(model)
              + ", got "
              + shown(other));
    }
  }

  private static String shown(Object value) {
    if (value instanceof List<?> list && list.size() > SHOWN) {
      return list.size() + " values " + list.subList(0, SHOWN) + "...";
    }
    return String.valueOf(value);
  }
}
