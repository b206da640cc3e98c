namespace Republic.Core.Archives.Records;

/// <summary><c>profile.json</c>.</summary>
internal sealed record ArchivedProfile(string UserName, ArchivedCitizen Citizen);
