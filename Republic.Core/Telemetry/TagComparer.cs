namespace Republic.Core.Telemetry;

using Tag = KeyValuePair<string, object?>;

/// <summary>Finds a series by the tags of a measurement without making anything of them first.</summary>
internal sealed class TagComparer : IEqualityComparer<Tag[]>, IAlternateEqualityComparer<ReadOnlySpan<Tag>, Tag[]>
{
    public bool Equals(Tag[]? x, Tag[]? y) => x.AsSpan().SequenceEqual(y.AsSpan());

    public int GetHashCode(Tag[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<Tag> alternate, Tag[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<Tag> alternate)
    {
        var hash = new HashCode();
        foreach (var (name, value) in alternate)
        {
            hash.Add(name);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public Tag[] Create(ReadOnlySpan<Tag> alternate) => alternate.ToArray();
}
