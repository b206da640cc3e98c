using Republic.Core;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>What is known of a model before its download.</summary>
/// <param name="Matrix">Null where it cannot be known.</param>
/// <param name="Note">Why it is not known, or only by the catalogue; null where the header at the source says it.</param>
/// <param name="Problem">Why it cannot be had.</param>
public sealed record ModelOffer(MatrixView? Matrix, RemoteHeader? Header, string? Note, Failure? Problem, string? AllowableHost);
