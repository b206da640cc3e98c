using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Machine;

/// <summary>What follows from an event. It is written down with the event, before any of it is done.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Ask), "ask")]
[JsonDerivedType(typeof(AskDirector), "ask_director")]
[JsonDerivedType(typeof(WaitForPerson), "wait")]
[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(Enter), "enter")]
[JsonDerivedType(typeof(ConditionErred), "condition_erred")]
[JsonDerivedType(typeof(End), "end")]
public abstract record EpisodeEffect
{
    /// <summary>The minion of a role is to act.</summary>
    public sealed record Ask(string State, string Role, Guid Citizen) : EpisodeEffect;

    /// <summary>The director is to choose among transitions.</summary>
    /// <param name="Indexes">Of the transitions within the state.</param>
    public sealed record AskDirector(string State, string Role, Guid Citizen, ImmutableArray<int> Indexes) : EpisodeEffect;

    public sealed record WaitForPerson(string State, string Role, Guid Citizen, DateTimeOffset Until) : EpisodeEffect;

    /// <summary>The words of the event become known.</summary>
    /// <param name="Role">Whose words they are; null for a message or a fact from outside.</param>
    /// <param name="Audience">The roles that get to know them, that role among them.</param>
    public sealed record Publish(string? State, string? Role, ImmutableArray<string> Audience) : EpisodeEffect;

    /// <param name="Index">The transition that was taken.</param>
    public sealed record Enter(string From, int Index, string State) : EpisodeEffect;

    /// <summary>A condition could not be evaluated, and counted as false.</summary>
    public sealed record ConditionErred(string State, int Index, string Error) : EpisodeEffect;

    public sealed record End(EpisodeEnd By, EndResult? Result) : EpisodeEffect;
}
