namespace Republic.Core.Scenarios.Drawing;

/// <summary>In pixels from the upper left corner of the picture.</summary>
public sealed record GraphPoint(double X, double Y);
