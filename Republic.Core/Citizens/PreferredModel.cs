namespace Republic.Core.Citizens;

/// <summary>A model that a citizen wants things to begin with. It routes nothing by itself.</summary>
/// <param name="Provider">A catalogue row's name.</param>
/// <param name="ModelId">As the provider calls it.</param>
public sealed record PreferredModel(string Provider, string ModelId);
