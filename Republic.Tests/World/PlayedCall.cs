namespace Republic.Tests.World;

/// <summary>A call of a tool, as a vendor writes it.</summary>
public sealed record PlayedCall(string Id, string Name, string Arguments);
