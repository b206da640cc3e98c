namespace Republic.Core.Admin.Work;

/// <summary>A server process on this database that works on jobs.</summary>
/// <param name="SeenAt">When it last said that it is there.</param>
/// <param name="Jobs">How many jobs it works on.</param>
public sealed record NodeLine(string Name, DateTimeOffset SeenAt, int Jobs);
