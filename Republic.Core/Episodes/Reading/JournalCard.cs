using System.Text.Json;

namespace Republic.Core.Episodes.Reading;

/// <summary>An entry of a timeline's journal.</summary>
/// <param name="Event">With all words.</param>
/// <param name="Effects">What followed from it.</param>
/// <param name="Hash">SHA-256 over the entry before and this one, in hexadecimal digits.</param>
public sealed record JournalCard(long Seq, string Kind, JsonElement Event, JsonElement Effects, string Hash);
