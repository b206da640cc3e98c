namespace Republic.Core.Jobs;

/// <summary>A kind of long work, as <see cref="JobsRegistration.AddJob{TWork}"/> made it known.</summary>
/// <param name="Work">Makes what does one start of it.</param>
/// <param name="AtOnce">How many of this kind one node works on.</param>
/// <param name="PerPerson">How many of this kind are worked on for one person, so that others are not kept waiting by them.</param>
/// <param name="CanPause">Whether it can go on later from where a limit stopped it; else that is a failure like any other.</param>
internal sealed record JobKind(string Name, Func<IJobWork> Work, int AtOnce, int PerPerson, bool CanPause);
