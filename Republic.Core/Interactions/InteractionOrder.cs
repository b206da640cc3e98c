using System.Text.Json;

namespace Republic.Core.Interactions;

/// <summary>A run from chats as somebody asks for it.</summary>
/// <param name="Config">A <see cref="Training.Configuration.TrainingConfig"/>, of which any part may be left out.</param>
/// <param name="Anew">From the base, with all that may be learned, instead of from the version in use with what is new.</param>
public sealed record InteractionOrder(Guid? MinionId, JsonElement? Config = null, bool Anew = false)
{
    /// <summary>The run's id where it is known before, so that asking twice makes one run.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid? Id { get; init; }
}
