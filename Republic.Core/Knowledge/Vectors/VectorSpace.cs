using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>The vectors that one model made of one person's collection. There is no search without naming its owner.</summary>
/// <param name="Model">As in <see cref="StoredVector.Model"/>.</param>
public sealed record VectorSpace(Guid Owner, Guid Collection, string Model);
