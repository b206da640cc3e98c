namespace Republic.Core.Jobs;

/// <summary>Settings below <c>Jobs</c>.</summary>
public sealed class JobOptions
{
    /// <summary>How many jobs one node works on at once.</summary>
    public int AtOnce { get; set; } = 4;

    /// <summary>How often a running job is saved.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A job silent for so long has lost its node, and another may take it.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a node looks for jobs that nobody works on, and at its clock.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A job whose process died so many times before it got any further is held: it may be what kills it.</summary>
    public int Attempts { get; set; } = 5;

    /// <summary>
    /// How long it is held the first time. It gets one more start then, and where that dies too, it is held for longer (<see cref="JobHold"/>).
    /// </summary>
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A job that was held so many times before it got any further is given up: a day after it was first held.</summary>
    public int Holds { get; set; } = 7;

    /// <summary>A node whose clock is further off the database's takes no work.</summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(1);
}
