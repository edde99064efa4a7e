package io.evenstep.model.data.column;

import java.util.Map;

/** What a text consists of, for a vocabulary learned from many texts. */
@FunctionalInterface
public interface Terms {
  /** The terms of a text, each with how often it occurs. */
  Map<String, Integer> count(String text);
}
