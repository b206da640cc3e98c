namespace Republic.Core.Episodes.Rows;

/// <summary>Which dataset is made of an episode.</summary>
/// <param name="Role">The role whose steps become rows; null for the one that learns.</param>
/// <param name="Name">Of the dataset; null or blank for those of the scenario and the role.</param>
public sealed record EpisodeDatasetInput(string? Role, string? Name);
