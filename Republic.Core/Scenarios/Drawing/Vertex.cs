namespace Republic.Core.Scenarios.Drawing;

/// <summary>A node, or a point that an edge runs through in a layer between its nodes.</summary>
/// <param name="node">Null where an edge runs through.</param>
/// <param name="right">From its middle; more than half of a node that has loops there.</param>
internal sealed class Vertex(int id, int layer, int? node, double left, double right, double height)
{
    public int Id => id;

    /// <summary>Even layers have the nodes, odd ones the labels.</summary>
    public int Layer => layer;

    public int? Node => node;

    public bool IsBend => node is null;

    public double Left => left;

    public double Right => right;

    public double Height => height;

    /// <summary>Its neighbours in the layer above.</summary>
    public List<Vertex> Up { get; } = [];

    public List<Vertex> Down { get; } = [];

    /// <summary>Its index in its layer.</summary>
    public int Order { get; set; }

    /// <summary>Of its middle.</summary>
    public double X { get; set; }
}
