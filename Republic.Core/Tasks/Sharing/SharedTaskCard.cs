using System.Text.Json.Serialization;

namespace Republic.Core.Tasks.Sharing;

/// <summary>A task as the person sees it with whom it is shared. Before they accept, all but its title and the owner's name is null.</summary>
/// <param name="Id">The id of the share.</param>
/// <param name="Owner">The owner's name.</param>
public sealed record SharedTaskCard(
    Guid Id,
    string Title,
    string Owner,
    Guid? OwnerId,
    Guid? TaskId,
    int? Number,
    WorkTaskStatus? Status,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset CreatedAt
)
{
    [JsonIgnore]
    public bool IsAccepted => AcceptedAt is not null;
}
