using System.Text.Json.Serialization;

namespace Republic.Core.Lora.Progress;

/// <summary>
/// What a run tells while it works: <see cref="ReplayProgress"/>, <see cref="TrainingStarted"/>, <see cref="StepCompleted"/>,
/// <see cref="ValidationDone"/> or <see cref="TrainingNote"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ReplayProgress), "drawn")]
[JsonDerivedType(typeof(TrainingStarted), "begun")]
[JsonDerivedType(typeof(StepCompleted), "step")]
[JsonDerivedType(typeof(ValidationDone), "validation")]
[JsonDerivedType(typeof(TrainingNote), "note")]
public abstract record TrainingProgress;
