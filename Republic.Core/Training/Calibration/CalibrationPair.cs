namespace Republic.Core.Training.Calibration;

/// <summary>Two answers to one question, in an order that says nothing about which version gave them.</summary>
public sealed record CalibrationPair(string Question, string? Reference, CalibrationAnswer First, CalibrationAnswer Second);
