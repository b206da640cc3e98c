using Republic.Core.Episodes.Rows;

namespace Republic.Web.Pages.Episodes;

/// <summary>The dataset that is to be made of an episode, as it is typed.</summary>
public sealed class EpisodeDatasetForm
{
    /// <summary>The name of the role whose steps become rows.</summary>
    public string? Role { get; set; }

    public string? Name { get; set; }

    public EpisodeDatasetInput ToInput() => new(Role, Name);
}
