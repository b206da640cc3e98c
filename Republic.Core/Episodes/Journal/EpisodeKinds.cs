using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Journal;

/// <summary>The kinds of events, as their JSON names them.</summary>
internal static class EpisodeKinds
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(EpisodeEvent)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    public static string Of(EpisodeEvent happened) => Names[happened.GetType()];

    public static string Of<T>()
        where T : EpisodeEvent => Names[typeof(T)];
}
