namespace Republic.Core.Datasets.Versions;

/// <param name="Total">Clusters of the version, the largest first.</param>
public sealed record ClusterPage(IReadOnlyList<DuplicateCluster> Clusters, int Total);
