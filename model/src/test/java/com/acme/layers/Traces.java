package com.acme.layers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the classes of this package have been made to do. */
public final class Traces {
  /** In order of time. */
  public static final List<String> SEEN = new CopyOnWriteArrayList<>();

  private Traces() {}
}
