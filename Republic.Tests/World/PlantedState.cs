namespace Republic.Tests.World;

/// <summary>What there is before somebody comes to a page.</summary>
/// <param name="Person">Who comes; null for a stranger.</param>
/// <param name="Ids">What addresses of pages name in braces.</param>
public sealed record PlantedState(Inhabitant? Person, params IReadOnlyList<(string Name, object Value)> Ids)
{
    public string AddressOf(string page) =>
        Ids.Aggregate(page, (address, id) => address.Replace($"{{{id.Name}}}", $"{id.Value}", StringComparison.Ordinal));
}
