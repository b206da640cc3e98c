namespace Republic.Core.Inference.Supervision;

public enum ModelHostState
{
    /// <summary>It is starting, for the first time or after a crash.</summary>
    Starting,
    Running,

    /// <summary>It cannot run on this machine or is switched off; <see cref="ModelHostStatus.Problem"/> says why.</summary>
    Unavailable,
    Stopped,
}
