package com.acme.layers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records which code of this package's classes has run. */
public final class Traces {
  /** In order of time. */
  public static final List<String> SEEN = new CopyOnWriteArrayList<>();

  private Traces() {}
}
