using System.Text.Json;

namespace Republic.Web.Cli.Episodes;

/// <summary>A message or a fact that was added to an episode from outside.</summary>
/// <param name="Fact">The name of the fact; null for a message.</param>
/// <param name="Hidden">The person does not get to know it.</param>
internal sealed record RemoteMessage(long? Seq, string? Text, string? Fact, JsonElement? Value, bool? Hidden);
