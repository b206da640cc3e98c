using Republic.Core.Minions;
using Republic.Core.Providers;

namespace Republic.Web.Api.Minions;

internal sealed record MinionGroup(string Name, string DisplayName, string Icon, string Color, IReadOnlyList<MinionRecord> Minions)
{
    /// <param name="provider">Null when the catalogue has lost it since.</param>
    public MinionGroup(ProviderRow? provider, IGrouping<string, MinionRecord> minions)
        : this(minions.Key, provider?.DisplayName ?? minions.Key, provider?.Icon ?? "settings", provider?.Color ?? "#6B7280", [.. minions])
    { }
}
