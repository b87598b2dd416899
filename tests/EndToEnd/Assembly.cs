// Most of a test's time is spent waiting for programs that it started, so more of them run than there are cores.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
